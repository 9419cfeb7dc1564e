/// Open Job Description 2023-09: templates read, checked and expanded. Pure.
@NullMarked
package aque.openjd;

import org.jspecify.annotations.NullMarked;

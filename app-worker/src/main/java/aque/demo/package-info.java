/// A real small job to try Aque with: a boat at dusk, rendered in plain Java. [aque.demo.DemoJob] is the job,
/// [aque.demo.RenderMain] what its tasks run; the rest is the picture.
@NullMarked
package aque.demo;

import org.jspecify.annotations.NullMarked;

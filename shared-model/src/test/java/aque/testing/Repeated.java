package aque.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test of timing, threads, processes or the screen: runs once, and as often as `aque.test.repeat` says under
/// `./build -Pflaky`, for a test that fails once in twenty times is a bug.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("repeat")
@TestTemplate
@ExtendWith(RepeatedExtension.class)
public @interface Repeated {}

package io.gradus.app.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A class of tests in a real browser. Its methods or its constructor take the one [ConsoleFixture]
/// that all such classes share.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ConsoleExtension.class)
public @interface ConsoleTest {}

package io.gradus.console.session;

/// A key that a page listens to, as the help lists it.
///
/// @param keys as they are printed, such as `J K` or `Ctrl Enter`
/// @param does what they do, such as "next and previous row"
public record KeyHint(String keys, String does) {}

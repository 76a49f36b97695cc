package io.gradus.api.http;

/// What is sent back.
///
/// @param status the HTTP status
/// @param contentType of the body
/// @param body may be empty
public record HttpAnswer(int status, String contentType, byte[] body) {}

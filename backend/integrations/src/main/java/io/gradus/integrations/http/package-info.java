/// `http:invoke`: calls to HTTP APIs with the secrets of a connection.
@NullMarked
package io.gradus.integrations.http;

import org.jspecify.annotations.NullMarked;

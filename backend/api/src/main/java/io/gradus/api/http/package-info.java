/// Where HTTP requests become calls: the servlet filters of the two APIs.
@NullMarked
package io.gradus.api.http;

import org.jspecify.annotations.NullMarked;

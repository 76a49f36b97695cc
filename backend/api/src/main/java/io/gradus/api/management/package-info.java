/// The management API: what Gradus has beyond AWS, under `/api/v1`.
@NullMarked
package io.gradus.api.management;

import org.jspecify.annotations.NullMarked;

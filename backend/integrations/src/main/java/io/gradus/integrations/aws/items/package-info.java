/// The items of distributed Maps, read from S3, and their results, written there.
@NullMarked
package io.gradus.integrations.aws.items;

import org.jspecify.annotations.NullMarked;

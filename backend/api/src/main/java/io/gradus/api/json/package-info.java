/// The AWS JSON 1.0 protocol: requests read into records and checked, records written as answers.
@NullMarked
package io.gradus.api.json;

import org.jspecify.annotations.NullMarked;

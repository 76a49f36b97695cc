/// Makes a service a worker of an activity, of Gradus or of AWS Step Functions.
@NullMarked
package io.gradus.worker;

import org.jspecify.annotations.NullMarked;

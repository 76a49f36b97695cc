/// Lambda functions: those registered in the tenant as an HTTP endpoint, and those behind the AWS
/// Invoke API.
@NullMarked
package io.gradus.integrations.lambda;

import org.jspecify.annotations.NullMarked;

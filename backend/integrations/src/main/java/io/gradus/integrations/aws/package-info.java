/// AWS services by their own SDK: any operation of any service whose client is on the class path,
/// over our own egress, with the names and errors of Step Functions.
@NullMarked
package io.gradus.integrations.aws;

import org.jspecify.annotations.NullMarked;

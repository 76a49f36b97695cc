/// Definitions as those who deploy them keep them: in CloudFormation and SAM templates, and with
/// `${placeholders}`. Nothing here is deployed: state machines are found, and what they refer to is
/// proposed or asked for.
@NullMarked
package io.gradus.asl.cloudformation;

import org.jspecify.annotations.NullMarked;

/// Calls that leave this program: which addresses they may reach, and the transport that holds them
/// to it.
@NullMarked
package io.gradus.integrations.egress;

import org.jspecify.annotations.NullMarked;

/// `email:send`: mails through a tenant's mail server.
@NullMarked
package io.gradus.integrations.email;

import org.jspecify.annotations.NullMarked;

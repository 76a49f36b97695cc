/// Mails to people, told of what waits for them.
@NullMarked
package io.gradus.service.mail;

import org.jspecify.annotations.NullMarked;

/// `slack:post`: messages to incoming webhooks of Slack and of what speaks its language.
@NullMarked
package io.gradus.integrations.slack;

import org.jspecify.annotations.NullMarked;

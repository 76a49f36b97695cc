/// Tasks that wait for a person: who is asked, what they answer, and what becomes of it.
@NullMarked
package io.gradus.service.approval;

import org.jspecify.annotations.NullMarked;

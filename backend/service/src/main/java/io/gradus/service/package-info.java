/// Use cases with their authorisation and audit.
@NullMarked
package io.gradus.service;

import org.jspecify.annotations.NullMarked;

/// The test cases of a state machine: kept, run, compared.
@NullMarked
package io.gradus.console.testcases;

import org.jspecify.annotations.NullMarked;

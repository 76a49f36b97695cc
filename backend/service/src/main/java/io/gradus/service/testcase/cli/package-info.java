/// Test cases from the command line, without a server.
@NullMarked
package io.gradus.service.testcase.cli;

import org.jspecify.annotations.NullMarked;

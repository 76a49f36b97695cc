/// Test cases of state machines: kept, run in memory on mocked results, imported and exported.
@NullMarked
package io.gradus.service.testcase;

import org.jspecify.annotations.NullMarked;

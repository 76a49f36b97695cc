/// What a test case is, and how one is run: the engine in memory, mocks in the place of every call,
/// and a clock that jumps to whatever is due. Nothing here knows a database or a server.
@NullMarked
package io.gradus.service.testcase.run;

import org.jspecify.annotations.NullMarked;

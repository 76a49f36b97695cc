/// The thin layer over JDBC that every repository shares: borrowed connections and what their
/// failures mean.
@NullMarked
package io.gradus.store.jdbc;

import org.jspecify.annotations.NullMarked;

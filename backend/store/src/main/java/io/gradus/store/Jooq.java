package io.gradus.store;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// How this module uses jOOQ.
final class Jooq {
  static {
    // Its greeting and its tips are nothing for an operator's log.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private Jooq() {}

  static DSLContext on(Connection connection) {
    return DSL.using(connection, SQLDialect.POSTGRES);
  }
}

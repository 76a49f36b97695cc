package io.gradus.store;

import static io.gradus.migrations.db.Tables.APPROVAL;
import static io.gradus.migrations.db.Tables.APPROVAL_MAIL;
import static io.gradus.migrations.db.Tables.TENANT;

import io.gradus.engine.TenantId;
import io.gradus.store.jdbc.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;
import org.jspecify.annotations.Nullable;

/// Mails that tell people what waits for them. One is there until it was sent: a crash in between
/// sends it again.
public final class ApprovalMails {
  private final Sessions sessions;

  /// A mail to be sent.
  ///
  /// @param attempts how often it was tried, with this time
  public record Mail(
      TenantId tenant,
      String account,
      UUID approval,
      String login,
      String address,
      int attempts,
      String title,
      @Nullable String description,
      @Nullable Instant dueAt) {}

  /// @param engine [Database#engine()]
  public ApprovalMails(DataSource engine) {
    this.sessions = new Sessions(engine);
  }

  /// Takes mails that are to be sent now; each comes again after a time that doubles with every
  /// attempt, unless [#done] is told. Those of approvals that are not open any more are forgotten.
  public List<Mail> take(int limit, int firstRetrySeconds) {
    return sessions.transaction(
        connection ->
            TenantScope.unwrapped(
                () -> {
                  DSLContext db = Jooq.on(connection);
                  var due =
                      db.select(
                              APPROVAL_MAIL.TENANT_ID,
                              APPROVAL_MAIL.APPROVAL_ID,
                              APPROVAL_MAIL.LOGIN,
                              APPROVAL_MAIL.ADDRESS,
                              APPROVAL_MAIL.ATTEMPTS,
                              APPROVAL.TITLE,
                              APPROVAL.DESCRIPTION,
                              APPROVAL.DUE_AT,
                              APPROVAL.STATUS,
                              TENANT.ACCOUNT)
                          .from(APPROVAL_MAIL)
                          .join(APPROVAL)
                          .on(APPROVAL.TENANT_ID.eq(APPROVAL_MAIL.TENANT_ID))
                          .and(APPROVAL.ID.eq(APPROVAL_MAIL.APPROVAL_ID))
                          .join(TENANT)
                          .on(TENANT.ID.eq(APPROVAL_MAIL.TENANT_ID))
                          .where(APPROVAL_MAIL.NEXT_AT.le(DSL.currentOffsetDateTime()))
                          .orderBy(APPROVAL_MAIL.NEXT_AT)
                          .limit(limit)
                          .forUpdate()
                          .of(APPROVAL_MAIL)
                          .skipLocked()
                          .fetch();
                  List<Mail> mails = new ArrayList<>();
                  for (var row : due) {
                    Mail mail =
                        new Mail(
                            new TenantId(row.value1()),
                            row.value10(),
                            row.value2(),
                            row.value3(),
                            row.value4(),
                            row.value5() + 1,
                            row.value6(),
                            row.value7(),
                            Times.instantOrNull(row.value8()));
                    if (row.value9() == ApprovalStatus.OPEN.code()) {
                      mails.add(mail);
                      postpone(db, mail, firstRetrySeconds);
                    } else {
                      delete(db, mail);
                    }
                  }
                  return mails;
                }));
  }

  /// It was sent, or never will be.
  public void done(Mail mail) {
    sessions.transaction(
        connection ->
            TenantScope.unwrapped(
                () -> {
                  delete(Jooq.on(connection), mail);
                  return true;
                }));
  }

  private static void postpone(DSLContext db, Mail mail, int firstRetrySeconds) {
    int seconds = firstRetrySeconds << Math.min(mail.attempts() - 1, 10);
    db.update(APPROVAL_MAIL)
        .set(APPROVAL_MAIL.ATTEMPTS, mail.attempts())
        .set(
            APPROVAL_MAIL.NEXT_AT,
            DSL.currentOffsetDateTime().plus(new DayToSecond(0, 0, 0, seconds)))
        .where(key(mail))
        .execute();
  }

  private static void delete(DSLContext db, Mail mail) {
    db.deleteFrom(APPROVAL_MAIL).where(key(mail)).execute();
  }

  private static Condition key(Mail mail) {
    return APPROVAL_MAIL
        .TENANT_ID
        .eq(mail.tenant().value())
        .and(APPROVAL_MAIL.APPROVAL_ID.eq(mail.approval()))
        .and(APPROVAL_MAIL.LOGIN.eq(mail.login()));
  }
}

package io.gradus.service.tag;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import java.util.List;
import java.util.Map;

/// Tags on state machines and activities.
public class TagService {
  private final TagRecords records;
  private final TagOwners owners;
  private final Arns arns;
  private final Transactions transactions;
  private final AuditTrail audit;

  /// Works on these records.
  public TagService(
      TagRecords records,
      TagOwners owners,
      Arns arns,
      Transactions transactions,
      AuditTrail audit) {
    this.records = records;
    this.owners = owners;
    this.arns = arns;
    this.transactions = transactions;
    this.audit = audit;
  }

  /// Adds tags, and gives new values to keys that are there.
  public void add(Caller caller, String resource, Map<String, String> tags) {
    StatesArn arn = arns.read(caller, "TagResource", resource);
    Access.require(caller, Permission.AUTHOR, "TagResource", resource);
    TagRules.check(resource, tags);
    transactions.call(
        caller.tenant(),
        () -> {
          requireThere(caller, arn);
          records.put(caller.tenant(), resource, tags);
          if (records.find(caller.tenant(), resource).size() > TagRules.MAX_TAGS) {
            throw TagRules.tooMany(resource);
          }
          audit.record(caller, "TagResource", resource);
          return resource;
        });
  }

  /// Takes tags off; a key that is not there is passed over.
  public void remove(Caller caller, String resource, List<String> keys) {
    StatesArn arn = arns.read(caller, "UntagResource", resource);
    Access.require(caller, Permission.AUTHOR, "UntagResource", resource);
    // No tag's key holds a NUL, and the database could not even be asked for one.
    List<String> possible = keys.stream().filter(key -> key.indexOf('\0') < 0).toList();
    transactions.call(
        caller.tenant(),
        () -> {
          requireThere(caller, arn);
          records.remove(caller.tenant(), resource, possible);
          audit.record(caller, "UntagResource", resource);
          return resource;
        });
  }

  /// The tags by key.
  public Map<String, String> list(Caller caller, String resource) {
    StatesArn arn = arns.read(caller, "ListTagsForResource", resource);
    Access.require(caller, Permission.READ, "ListTagsForResource", resource);
    return transactions.call(
        caller.tenant(),
        () -> {
          requireThere(caller, arn);
          return records.find(caller.tenant(), resource);
        });
  }

  private void requireThere(Caller caller, StatesArn arn) {
    boolean taggable =
        switch (arn) {
          case StatesArn.StateMachine machine -> machine.qualifier() == null;
          case StatesArn.Activity _ -> true;
          case StatesArn.Execution _, StatesArn.ExpressExecution _, StatesArn.MapRun _ -> false;
        };
    if (!taggable || !arn.region().equals(arns.region()) || !owners.isThere(caller.tenant(), arn)) {
      throw notFound(arn.text());
    }
  }

  private static Refusal notFound(String resource) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + resource + "'");
  }
}

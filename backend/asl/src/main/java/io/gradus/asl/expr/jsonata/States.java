package io.gradus.asl.expr.jsonata;

import io.gradus.asl.expr.Scope;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The reserved variable `$states`. A member is made only when an expression asks for it; the
/// context object above all is not free.
final class States extends AbstractMap<String, Object> {
  private final Map<String, Supplier<JsonNode>> members = LinkedHashMap.newLinkedHashMap(4);

  private States(Scope scope) {
    members.put("input", scope::input);
    members.put("context", scope.context());
  }

  static States of(Scope scope) {
    return new States(scope);
  }

  static States withResult(Scope scope, JsonNode result) {
    States states = new States(scope);
    states.members.put("result", () -> result);
    return states;
  }

  static States withErrorOutput(Scope scope, JsonNode errorOutput) {
    States states = new States(scope);
    states.members.put("errorOutput", () -> errorOutput);
    return states;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    Supplier<JsonNode> member = members.get(name);
    return member == null ? null : Values.of(member.get());
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return members.containsKey(name);
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> all = new LinkedHashMap<>();
    members.forEach((name, member) -> all.put(name, Values.of(member.get())));
    return all.entrySet();
  }
}

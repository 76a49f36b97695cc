package io.gradus.api.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One call of the management API.
///
/// @param method the HTTP method
/// @param template the path under `/api/v1`, with members of the request in braces
/// @param id the call's name in the OpenAPI document
/// @param summary what it does, in a sentence
/// @param status of its answer
/// @param request the record that path and body are read into
/// @param answer the record that is answered
/// @param handler does what is asked
/// @param <A> who asks: someone in a tenant, or a person above all of them
record Route<A, I extends Record, O extends Record>(
    String method,
    String template,
    String id,
    String summary,
    int status,
    Class<I> request,
    Class<O> answer,
    Handler<A, I, O> handler) {

  /// Does what a call asks.
  @FunctionalInterface
  interface Handler<A, I, O> {
    O answer(A asker, I request);
  }

  /// An answer that says nothing.
  record Nothing() {}

  /// The names in braces, in order.
  List<String> pathMembers() {
    List<String> names = new ArrayList<>();
    for (String part : template.split("/")) {
      if (part.startsWith("{")) {
        names.add(part.substring(1, part.length() - 1));
      }
    }
    return names;
  }

  /// The values of [#pathMembers] where the path is of this form, still percent-encoded.
  Optional<List<String>> match(String path) {
    String[] wanted = template.split("/", -1);
    String[] found = path.split("/", -1);
    if (wanted.length != found.length) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        if (found[i].isEmpty()) {
          return Optional.empty();
        }
        values.add(found[i]);
      } else if (!wanted[i].equals(found[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}

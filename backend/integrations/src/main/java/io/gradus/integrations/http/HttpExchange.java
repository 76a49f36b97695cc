package io.gradus.integrations.http;

import io.gradus.engine.port.ExchangeObserver;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Shows an exchange to whoever tries the task out, without the connection's secrets unless asked.
final class HttpExchange {
  private final ExchangeObserver observer;
  private final UnaryOperator<String> hide;

  HttpExchange(ExchangeObserver observer, Redaction redaction) {
    this.observer = observer;
    this.hide = observer.revealsSecrets() ? UnaryOperator.identity() : redaction::apply;
  }

  void sent(EgressRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            field ->
                headers
                    .computeIfAbsent(field.name(), _ -> new ArrayList<>())
                    .add(hide.apply(field.value())));
    byte[] body = request.body();
    observer.sent(
        new ExchangeObserver.Request(
            request.uri().getScheme(),
            request.method(),
            hide.apply(request.uri().toString()),
            headers,
            body == null ? null : text(body)));
  }

  void received(EgressRequest request, EgressAnswer answer) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    answer
        .headers()
        .forEach((name, values) -> headers.put(name, values.stream().map(hide).toList()));
    observer.received(
        new ExchangeObserver.Response(
            request.uri().getScheme(),
            answer.status(),
            answer.reason(),
            headers,
            text(answer.body())));
  }

  private String text(byte[] body) {
    return hide.apply(new String(body, StandardCharsets.UTF_8));
  }
}

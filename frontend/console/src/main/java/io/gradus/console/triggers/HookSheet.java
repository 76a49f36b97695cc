package io.gradus.console.triggers;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Copy;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.ShownOnce;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.Trigger.Proof;
import java.util.function.Consumer;

/// What a program needs to call a webhook: its address and, this once, its secret.
final class HookSheet {
  private HookSheet() {}

  /// Shows both in place of what a dialog asked.
  static void show(FormDialog dialog, String account, Trigger trigger, String secret) {
    if (!(trigger.source() instanceof OnWebhook on)) {
      dialog.close();
      return;
    }
    var address = new Div();
    var example = new Div();
    dialog.showInstead(
        "Webhook " + trigger.name(),
        "I have stored the secret",
        new Paragraph("The secret is shown this once. It can be renewed, but not looked up."),
        address,
        new ShownOnce(on.proof() == Proof.KEY ? "Key" : "Shared secret", secret),
        example);
    withUrl(
        on.path(account),
        url -> {
          address.add(new ShownOnce("URL", url));
          example.add(example(on.proof(), url, secret));
        });
  }

  /// Tells the whole address of a path, as this browser reaches the server.
  static void withUrl(String path, Consumer<String> told) {
    UI.getCurrent()
        .getPage()
        .fetchCurrentURL(
            url -> {
              String port = url.getPort() < 0 ? "" : ":" + url.getPort();
              told.accept(url.getProtocol() + "://" + url.getHost() + port + "/" + path);
            });
  }

  private static Div example(Proof proof, String url, String secret) {
    String text =
        switch (proof) {
          case KEY ->
              """
              curl -X POST %s \\
                -H 'X-Gradus-Key: %s' -H 'content-type: application/json' \\
                -d '{"order": 7}'
              """
                  .formatted(url, secret);
          case SIGNATURE ->
              """
              body='{"order": 7}' time=$(date +%%s)
              mac=$(printf '%%s.%%s' "$time" "$body" | openssl dgst -sha256 -hmac '%s' -r | cut -d ' ' -f 1)
              curl -X POST %s \\
                -H "X-Gradus-Signature: t=$time,v1=$mac" -H 'content-type: application/json' \\
                -d "$body"
              """
                  .formatted(secret, url);
          case GITHUB ->
              """
              Settings → Webhooks → Add webhook
              Payload URL   %s
              Content type  application/json
              Secret        %s
              """
                  .formatted(url, secret);
        };
    var name = new Span(proof == Proof.GITHUB ? "At GitHub" : "An example");
    name.addClassName("g-once-name");
    var head = new Div(name, new Copy(text, "example"));
    head.addClassName("g-once-head");
    var pre = new Pre(text);
    pre.getElement().setAttribute("tabindex", "0");
    pre.getElement().setAttribute("role", "region");
    pre.getElement().setAttribute("aria-label", "Example");
    var box = new Div(head, pre);
    box.addClassName("g-once");
    return box;
  }
}

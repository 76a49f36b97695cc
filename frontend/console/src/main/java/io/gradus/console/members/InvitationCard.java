package io.gradus.console.members;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.gradus.console.part.Copy;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Moments;
import io.gradus.console.part.ShownOnce;
import io.gradus.service.people.Invitation;

/// Shows what lets a person in for the first time.
public final class InvitationCard {
  private InvitationCard() {}

  /// Shows it in place of what the dialog asked.
  public static void showIn(FormDialog dialog, Invitation invitation) {
    var whole = new Div();
    whole.addClassName("g-once-head");
    dialog.showInstead(
        "A first password for " + invitation.login(),
        "I have passed it on",
        new Paragraph(
            "It is shown this once, opens the console until "
                + Moments.here().appointment(invitation.until())
                + ", and must be changed at the first sign-in. Pass it on by a way that you trust."),
        new ShownOnce("Login", invitation.login()),
        new ShownOnce("One-time password", invitation.password()),
        whole);
    UI.getCurrent()
        .getPage()
        .fetchCurrentURL(
            url -> {
              String port = url.getPort() < 0 ? "" : ":" + url.getPort();
              String address = url.getProtocol() + "://" + url.getHost() + port + "/login";
              whole.add(
                  new Paragraph("All of it as a message"),
                  new Copy(
                      "Sign in at %s as %s with the one-time password %s"
                          .formatted(address, invitation.login(), invitation.password()),
                      "message"));
            });
  }
}

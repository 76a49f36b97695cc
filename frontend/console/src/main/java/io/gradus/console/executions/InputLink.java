package io.gradus.console.executions;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import io.gradus.console.part.Copy;
import io.gradus.console.session.Links;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;

/// A link that asks somebody else to start an execution with the same input: it fills the dialog
/// in, and starts nothing.
public final class InputLink extends Span {
  private static final long serialVersionUID = 1L;

  private static final String KEY = "input";

  /// The longest that is put into an address, in characters: servers in between cut longer ones.
  private static final int LONGEST = 4_096;

  private final String account;
  private final String machine;
  private final Copy copy = Copy.link("", "link with this input");
  private final Span tooLong = new Span("Too long for a link");

  InputLink(String account, String machine) {
    this.account = account;
    this.machine = machine;
    tooLong.addClassName("g-secondary");
    add(copy, tooLong);
  }

  /// Leads to this input from now on.
  void show(String input) {
    String address = Links.startWith(account, machine, input);
    boolean fits = address.length() <= LONGEST;
    copy.setText(fits ? address : "");
    copy.setVisible(fits);
    tooLong.setVisible(!fits);
  }

  /// Opens the dialog that an address asks for.
  ///
  /// @return whether the address says an input, which it need not say any longer
  public static boolean follow(Caller caller, String machineArn, QueryParameters address) {
    String input = address.getSingleParameter(KEY).orElse("");
    if (!input.isEmpty() && input.length() <= LONGEST && caller.allows(Permission.RUN)) {
      StartDialog.open(caller, machineArn, input, null);
    }
    return !input.isEmpty();
  }
}

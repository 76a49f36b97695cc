package io.gradus.console.session;

import com.vaadin.flow.router.NotFoundException;

/// The address is one of a page, but what the page would show is not there. Thrown while a page is
/// entered; its reader is told what is missing and where the others of its kind are.
public final class NothingThere extends NotFoundException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String text;
  private final transient Crumb others;

  /// @param what as a heading: `There is no such trigger`
  /// @param text which one was looked for, and why it may be missing
  /// @param others the page that lists those that are there
  public NothingThere(String what, String text, Crumb others) {
    super(what);
    this.what = what;
    this.text = text;
    this.others = others;
  }

  /// A state machine that the tenant does not have.
  public static NothingThere stateMachine(String account, String name) {
    return new NothingThere(
        "There is no such state machine",
        "This tenant has no state machine "
            + name
            + ". It may have been deleted, or its name is written in another way.",
        new Crumb("State machines", Links.stateMachines(account)));
  }

  /// An execution that the tenant does not have.
  public static NothingThere execution(String account, String machine, String name) {
    return new NothingThere(
        "There is no such execution",
        "No execution of the name " + name + " of the state machine " + machine + " is kept.",
        new Crumb("Executions", Links.executions(account)));
  }

  /// A template that there is not.
  public static NothingThere template(String account) {
    return new NothingThere(
        "There is no such template",
        "None of the templates has this address.",
        new Crumb("Templates", Links.templates(account)));
  }

  /// The heading.
  public String what() {
    return what;
  }

  /// What the reader is told.
  public String text() {
    return text;
  }

  /// The page that lists those that are there.
  public Crumb others() {
    return others;
  }
}

package io.gradus.integrations.egress;

import org.jspecify.annotations.Nullable;

/// A call under way, so that somebody else can give it up.
public final class Call {
  private @Nullable Runnable interruption;
  private boolean cancelled;

  /// What to do when the call is given up; done at once when it already was. A later one takes the
  /// place of an earlier one: a call makes its requests one after the other.
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        interruption = action;
        return;
      }
    }
    action.run();
  }

  public void cancel() {
    Runnable action;
    synchronized (this) {
      cancelled = true;
      action = interruption;
      interruption = null;
    }
    if (action != null) {
      action.run();
    }
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }
}

package io.gradus.console.shell;

import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.lumo.Lumo;

/// The page around every view: its style sheets, its fonts, and the channel over which the server
/// speaks first.
@Push
@Viewport("width=device-width, initial-scale=1")
@NpmPackage(value = "@fontsource-variable/ibm-plex-sans", version = "5.3.0")
@NpmPackage(value = "@fontsource/ibm-plex-mono", version = "5.3.0")
@CssImport("@fontsource-variable/ibm-plex-sans/wght.css")
@CssImport("@fontsource/ibm-plex-mono/400.css")
@CssImport("@fontsource/ibm-plex-mono/500.css")
@CssImport("@fontsource/ibm-plex-mono/600.css")
@StyleSheet(Lumo.STYLESHEET)
@StyleSheet("gradus.css")
public final class ConsoleShell implements AppShellConfigurator {
  private static final long serialVersionUID = 1L;

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.addLink("icon", "favicon.svg");
  }
}

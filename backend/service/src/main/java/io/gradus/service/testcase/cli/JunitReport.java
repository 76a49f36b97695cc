package io.gradus.service.testcase.cli;

import io.gradus.service.testcase.cli.TestCasesCommand.Ran;
import io.gradus.service.testcase.run.CaseResult;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// What ran, in the XML that CI systems read from JUnit.
final class JunitReport {
  private static final double MILLIS = 1_000;

  private JunitReport() {}

  static String of(String machine, List<Ran> ran) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      attribute(xml, "name", machine);
      attribute(xml, "tests", String.valueOf(ran.size()));
      long failed = ran.stream().filter(one -> !one.result().passed()).count();
      attribute(xml, "failures", String.valueOf(failed));
      attribute(xml, "errors", "0");
      attribute(xml, "skipped", "0");
      Duration took =
          ran.stream().map(one -> one.result().took()).reduce(Duration.ZERO, Duration::plus);
      attribute(xml, "time", seconds(took));
      for (Ran one : ran) {
        write(xml, machine, one);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("expected to write into memory", e);
    }
    return text.append('\n').toString();
  }

  private static void write(XMLStreamWriter xml, String machine, Ran one)
      throws XMLStreamException {
    CaseResult result = one.result();
    xml.writeStartElement("testcase");
    attribute(xml, "classname", machine);
    attribute(xml, "name", one.testCase().name());
    attribute(xml, "time", seconds(result.took()));
    if (!result.passed()) {
      List<String> lines = TestCasesCommand.explanation(result);
      xml.writeStartElement("failure");
      attribute(xml, "message", lines.isEmpty() ? "failed" : lines.getFirst());
      attribute(xml, "type", result.status());
      xml.writeCharacters(printable(String.join("\n", lines)));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, printable(value));
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.3f", took.toMillis() / MILLIS);
  }

  /// XML has no form at all for some characters.
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == '\n'
                        || c == '\t'
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000
                    ? c
                    : 0xFFFD)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}

package io.gradus.integrations.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.http.FormEncoding.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormEncodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|INDICES|``",
        "{\"a\":1,\"b\":true,\"c\":null,\"d\":\"x y\"}|INDICES|a=1&b=true&c=&d=x%20y",
        "{\"array\":[\"a\",\"b\"]}|INDICES|array%5B0%5D=a&array%5B1%5D=b",
        "{\"array\":[\"a\",\"b\"]}|REPEAT|array=a&array=b",
        "{\"array\":[\"a,b\",\"c\"]}|COMMAS|array=a%2Cb,c",
        "{\"array\":[\"a\",\"b\"]}|BRACKETS|array%5B%5D=a&array%5B%5D=b",
        "{\"m\":{\"k\":{\"l\":\"é&=\"}}}|INDICES|m%5Bk%5D%5Bl%5D=%C3%A9%26%3D",
        "{\"a\":[{\"b\":1}]}|INDICES|a%5B0%5D%5Bb%5D=1",
        "{\"a\":[]}|REPEAT|``"
      })
  void jsonIsWrittenAsAForm(String json, Arrays arrays, String form) {
    assertThat(FormEncoding.encode(PayloadJson.MAPPER.readTree(json), arrays)).isEqualTo(form);
  }
}

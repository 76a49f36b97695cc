import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Writes a CSV of orders, the same for the same number of them, and says what adding them up comes
/// to:
///
///     java Orders.java 1000000 orders.csv
final class Orders {
  private static final String[] COUNTRIES = {"DE", "FR", "GB", "JP", "NL", "US"};
  private static final String[] NOTES = {
    "", "", "", "", "gift", "\"leave at the door, please\"", "\"say \"\"hello\"\"\"", "\"two\nlines\""
  };

  private record Total(long orders, BigDecimal revenue) {
    Total plus(BigDecimal amount) {
      return new Total(orders + 1, revenue.add(amount));
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("java Orders.java NUMBER FILE");
      System.exit(2);
    }
    int count = Integer.parseInt(arguments[0]);
    Random random = new Random(42);
    Map<String, Total> totals = new TreeMap<>();
    try (BufferedWriter csv =
        Files.newBufferedWriter(Path.of(arguments[1]), StandardCharsets.UTF_8)) {
      csv.write("order_id,customer,country,quantity,unit_price,note\n");
      for (int i = 0; i < count; i++) {
        String country = COUNTRIES[random.nextInt(COUNTRIES.length)];
        int quantity = 1 + random.nextInt(9);
        BigDecimal price = BigDecimal.valueOf(50 + random.nextInt(9_950), 2);
        csv.write(
            "%08d,c%06d,%s,%d,%s,%s\n"
                .formatted(
                    i,
                    random.nextInt(250_000),
                    country,
                    quantity,
                    price.toPlainString(),
                    NOTES[random.nextInt(NOTES.length)]));
        totals.merge(
            country,
            new Total(1, price.multiply(BigDecimal.valueOf(quantity))),
            (all, one) -> all.plus(one.revenue()));
      }
    }
    totals.forEach(
        (country, total) ->
            System.out.printf(
                "%s %d orders, %s%n", country, total.orders(), total.revenue().toPlainString()));
  }
}

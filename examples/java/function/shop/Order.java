package shop;

import java.io.Serializable;
import java.util.List;

/** What a customer ordered. */
public record Order(String customer, List<Line> lines) implements Serializable {
  /** One article. */
  public record Line(String article, int count, int cents) implements Serializable {}

  long totalCents() {
    return lines.stream().mapToLong(line -> (long) line.count() * line.cents()).sum();
  }
}

package shop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Imports orders that the shop's older system sends as serialised Java objects. */
public final class Import {
  /** Event: {order: base64}. Answers the order's lines and its total in cents. */
  public Map<String, Object> handleRequest(Map<String, Object> event) throws IOException, ClassNotFoundException {
    byte[] bytes = Base64.getDecoder().decode((String) event.get("order"));
    Object imported;
    // The hole: whoever sends the bytes chooses which classes of the function are made, and readObject runs their code.
    try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      imported = input.readObject();
    }
    Map<String, Object> result = new LinkedHashMap<>();
    if (imported instanceof Order order) {
      result.put("customer", order.customer());
      result.put("articles", order.lines().size());
      result.put("totalCents", order.totalCents());
    } else {
      result.put("ignored", imported.toString());
    }
    return result;
  }
}

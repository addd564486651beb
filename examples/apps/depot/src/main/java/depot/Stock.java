package depot;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table of what is in the depot. */
final class Stock {
  static final DynamoDbClient TABLES = DynamoDbClient.create();
  static final String NAME = System.getenv("STOCK");

  static Map<String, AttributeValue> key(String article) {
    return Map.of("article", AttributeValue.fromS(article));
  }

  private Stock() {}
}

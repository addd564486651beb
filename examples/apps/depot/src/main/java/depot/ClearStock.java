package depot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;

public class ClearStock implements RequestHandler<ScheduledEvent, Void> {
  private static final List<String> DISCONTINUED = List.of("fax-roll", "floppy-disk");

  @Override
  public Void handleRequest(ScheduledEvent event, Context context) {
    for (var article : DISCONTINUED) {
      Stock.TABLES.deleteItem(
          DeleteItemRequest.builder().tableName(Stock.NAME).key(Stock.key(article)).build());
    }
    return null;
  }
}

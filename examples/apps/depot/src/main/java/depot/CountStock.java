package depot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;

public class CountStock implements RequestHandler<ScheduledEvent, Void> {
  @Override
  public Void handleRequest(ScheduledEvent event, Context context) {
    var table =
        Stock.TABLES.describeTable(DescribeTableRequest.builder().tableName(Stock.NAME).build());
    context.getLogger().log(table.table().itemCount() + " articles");
    return null;
  }
}

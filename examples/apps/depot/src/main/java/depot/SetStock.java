package depot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.HashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

public class SetStock implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    var item = new HashMap<>(Stock.key(event.getPathParameters().get("article")));
    item.put("count", AttributeValue.fromN(event.getBody()));
    Stock.TABLES.putItem(put -> put.tableName(Stock.NAME).item(item));
    return APIGatewayV2HTTPResponse.builder().withStatusCode(204).build();
  }
}

package depot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

public class GetStock implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    var request =
        GetItemRequest.builder()
            .tableName(Stock.NAME)
            .key(Stock.key(event.getPathParameters().get("article")))
            .build();
    var found = Stock.TABLES.getItem(request);
    if (!found.hasItem()) return APIGatewayV2HTTPResponse.builder().withStatusCode(404).build();
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(200)
        .withBody(found.item().get("count").n())
        .build();
  }
}

package depot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

public class PrintLabel implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final S3Client files = S3Client.create();

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    var key = UUID.randomUUID() + ".txt";
    files.putObject(
        PutObjectRequest.builder().bucket(System.getenv("LABELS")).key(key).build(),
        RequestBody.fromString(event.getBody()));
    return APIGatewayV2HTTPResponse.builder().withStatusCode(201).withBody(key).build();
  }
}

package depot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

public class TakeDelivery implements RequestHandler<S3Event, Void> {
  private final S3Client files = S3Client.create();

  @Override
  public Void handleRequest(S3Event event, Context context) {
    for (var record : event.getRecords()) {
      var request =
          GetObjectRequest.builder()
              .bucket(record.getS3().getBucket().getName())
              .key(record.getS3().getObject().getKey())
              .build();
      context.getLogger().log(files.getObjectAsBytes(request).asUtf8String());
    }
    return null;
  }
}

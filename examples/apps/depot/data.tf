resource "aws_dynamodb_table" "stock" {
  name         = "depot-${var.stage}-stock"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "article"

  attribute {
    name = "article"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_s3_bucket" "labels" {
  bucket = "depot-${var.stage}-labels"
}

resource "aws_s3_bucket_public_access_block" "labels" {
  bucket                  = aws_s3_bucket.labels.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# FAULT: the whole world may put files here, and a function reads them.
resource "aws_s3_bucket" "deliveries" {
  bucket = "depot-${var.stage}-deliveries"
}

resource "aws_s3_bucket_policy" "deliveries" {
  bucket = aws_s3_bucket.deliveries.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.deliveries.arn}/*"
    }]
  })
}

resource "aws_sqs_queue" "picks" {
  name                       = "depot-${var.stage}-picks"
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 180
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.lost.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "lost" {
  name                    = "depot-${var.stage}-lost"
  sqs_managed_sse_enabled = true
}

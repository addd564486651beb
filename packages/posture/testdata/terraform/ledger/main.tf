variable "aws_region" {
  default = "eu-west-1"
}

variable "prefix" {
  default = "ledger"
}

provider "aws" {
  region = "${var.aws_region}"
}

data "aws_caller_identity" "this" {}

resource "aws_iam_role" "lambda" {
  name = "${var.prefix}-lambda"

  assume_role_policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Action": "sts:AssumeRole",
      "Principal": {
        "Service": "lambda.amazonaws.com"
      },
      "Effect": "Allow",
      "Sid": ""
    }
  ]
}
EOF
}

# FAULT: the bookings' role may read every secret, and both functions have it.
resource "aws_iam_role_policy" "lambda" {
  name = "${var.prefix}-lambda"
  role = "${aws_iam_role.lambda.id}"

  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["dynamodb:PutItem", "dynamodb:GetItem"],
      "Resource": "${aws_dynamodb_table.bookings.arn}"
    },
    {
      "Effect": "Allow",
      "Action": "secretsmanager:GetSecretValue",
      "Resource": "*"
    }
  ]
}
EOF
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = "${aws_iam_role.lambda.name}"
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_dynamodb_table" "bookings" {
  name           = "${var.prefix}-bookings"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_lambda_function" "book" {
  function_name = "${var.prefix}-book"
  filename      = "dist/book.zip"
  handler       = "book.handler"
  # FAULT: long out of support.
  runtime = "python3.8"
  role    = "${aws_iam_role.lambda.arn}"
  timeout = 10

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      TABLE = "${aws_dynamodb_table.bookings.name}"
      # FAULT: in plain text.
      API_TOKEN = "tok_9f8e7d6c5b4a3210"
    }
  }
}

resource "aws_lambda_function" "show" {
  function_name = "${var.prefix}-show"
  filename      = "dist/show.zip"
  handler       = "show.handler"
  runtime       = "python3.13"
  role          = "${aws_iam_role.lambda.arn}"
  timeout       = 10

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      TABLE = "${aws_dynamodb_table.bookings.name}"
    }
  }
}

resource "aws_api_gateway_rest_api" "ledger" {
  name        = "${var.prefix}"
  description = "Bookings"
}

resource "aws_api_gateway_resource" "bookings" {
  rest_api_id = "${aws_api_gateway_rest_api.ledger.id}"
  parent_id   = "${aws_api_gateway_rest_api.ledger.root_resource_id}"
  path_part   = "bookings"
}

resource "aws_api_gateway_resource" "booking" {
  rest_api_id = "${aws_api_gateway_rest_api.ledger.id}"
  parent_id   = "${aws_api_gateway_resource.bookings.id}"
  path_part   = "{id}"
}

resource "aws_api_gateway_authorizer" "pool" {
  name          = "pool"
  type          = "COGNITO_USER_POOLS"
  rest_api_id   = "${aws_api_gateway_rest_api.ledger.id}"
  provider_arns = ["arn:aws:cognito-idp:${var.aws_region}:${data.aws_caller_identity.this.account_id}:userpool/eu-west-1_abcdefghi"]
}

resource "aws_api_gateway_method" "book" {
  rest_api_id   = "${aws_api_gateway_rest_api.ledger.id}"
  resource_id   = "${aws_api_gateway_resource.bookings.id}"
  http_method   = "POST"
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = "${aws_api_gateway_authorizer.pool.id}"
}

resource "aws_api_gateway_integration" "book" {
  rest_api_id             = "${aws_api_gateway_rest_api.ledger.id}"
  resource_id             = "${aws_api_gateway_method.book.resource_id}"
  http_method             = "${aws_api_gateway_method.book.http_method}"
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = "${aws_lambda_function.book.invoke_arn}"
}

# FAULT: anyone may read bookings.
resource "aws_api_gateway_method" "show" {
  rest_api_id   = "${aws_api_gateway_rest_api.ledger.id}"
  resource_id   = "${aws_api_gateway_resource.booking.id}"
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "show" {
  rest_api_id             = "${aws_api_gateway_rest_api.ledger.id}"
  resource_id             = "${aws_api_gateway_resource.booking.id}"
  http_method             = "${aws_api_gateway_method.show.http_method}"
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = "arn:aws:apigateway:${var.aws_region}:lambda:path/2015-03-31/functions/${aws_lambda_function.show.arn}/invocations"
}

# The browser asks before it sends; that needs no authorizer.
resource "aws_api_gateway_method" "options" {
  rest_api_id   = "${aws_api_gateway_rest_api.ledger.id}"
  resource_id   = "${aws_api_gateway_resource.bookings.id}"
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "options" {
  rest_api_id = "${aws_api_gateway_rest_api.ledger.id}"
  resource_id = "${aws_api_gateway_resource.bookings.id}"
  http_method = "${aws_api_gateway_method.options.http_method}"
  type        = "MOCK"

  request_templates = {
    "application/json" = <<EOF
{ "statusCode": 200 }
EOF
  }
}

resource "aws_api_gateway_deployment" "ledger" {
  depends_on  = ["aws_api_gateway_integration.book", "aws_api_gateway_integration.show"]
  rest_api_id = "${aws_api_gateway_rest_api.ledger.id}"
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id          = "${aws_api_gateway_rest_api.ledger.id}"
  deployment_id        = "${aws_api_gateway_deployment.ledger.id}"
  stage_name           = "live"
  xray_tracing_enabled = true

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.api.arn}"
    format          = "$context.requestId $context.identity.sourceIp $context.status"
  }
}

resource "aws_api_gateway_method_settings" "live" {
  rest_api_id = "${aws_api_gateway_rest_api.ledger.id}"
  stage_name  = "${aws_api_gateway_stage.live.stage_name}"
  method_path = "*/*"

  settings {
    throttling_burst_limit = 50
    throttling_rate_limit  = 20
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "${var.prefix}-api"
  retention_in_days = 30
}

resource "aws_lambda_permission" "book" {
  statement_id  = "AllowAPIGatewayInvoke"
  action        = "lambda:InvokeFunction"
  function_name = "${aws_lambda_function.book.arn}"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.ledger.execution_arn}/*/*"
}

resource "aws_lambda_permission" "show" {
  statement_id  = "AllowAPIGatewayInvoke"
  action        = "lambda:InvokeFunction"
  function_name = "${aws_lambda_function.show.arn}"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.ledger.execution_arn}/*/*"
}

# FAULT: nobody calls it any more.
resource "aws_lambda_function" "migrate" {
  function_name = "${var.prefix}-migrate"
  filename      = "dist/migrate.zip"
  handler       = "migrate.handler"
  runtime       = "python3.13"
  role          = "${aws_iam_role.migrate.arn}"
  timeout       = 300

  tracing_config {
    mode = "Active"
  }
}

resource "aws_iam_role" "migrate" {
  name               = "${var.prefix}-migrate"
  assume_role_policy = "${file("assume.json")}"
}

resource "aws_iam_role_policy_attachment" "migrate_logs" {
  role       = "${aws_iam_role.migrate.name}"
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_cloudwatch_log_group" "functions" {
  count             = 3
  name              = "/aws/lambda/${element(list("${var.prefix}-book", "${var.prefix}-show", "${var.prefix}-migrate"), count.index)}"
  retention_in_days = 30
}

resource "aws_iam_role_policy_attachment" "traces" {
  count      = 2
  role       = "${element([aws_iam_role.lambda.name, aws_iam_role.migrate.name], count.index)}"
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

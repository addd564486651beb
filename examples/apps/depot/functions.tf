resource "aws_lambda_function" "get_stock" {
  function_name = "depot-${var.stage}-get-stock"
  role          = aws_iam_role.get_stock.arn
  filename      = local.package
  handler       = "depot.GetStock::handleRequest"
  runtime       = local.runtime
  timeout       = 30
  memory_size   = 512

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      STOCK = aws_dynamodb_table.stock.name
    }
  }
}

resource "aws_iam_role" "get_stock" {
  name               = "depot-${var.stage}-get-stock"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "get_stock_logs" {
  role       = aws_iam_role.get_stock.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "get_stock" {
  source_policy_documents = [data.aws_iam_policy_document.traces.json]

  statement {
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.stock.arn]
  }
}

resource "aws_iam_role_policy" "get_stock" {
  role   = aws_iam_role.get_stock.id
  policy = data.aws_iam_policy_document.get_stock.json
}

resource "aws_apigatewayv2_integration" "get_stock" {
  api_id                 = aws_apigatewayv2_api.depot.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.get_stock.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "get_stock" {
  api_id             = aws_apigatewayv2_api.depot.id
  route_key          = "GET /stock/{article}"
  target             = "integrations/${aws_apigatewayv2_integration.get_stock.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.staff.id
}

resource "aws_lambda_permission" "get_stock" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.get_stock.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.depot.execution_arn}/*/*"
}

resource "aws_lambda_function" "set_stock" {
  function_name = "depot-${var.stage}-set-stock"
  role          = aws_iam_role.set_stock.arn
  filename      = local.package
  handler       = "depot.SetStock::handleRequest"
  runtime       = local.runtime
  timeout       = 30
  memory_size   = 512

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      STOCK = aws_dynamodb_table.stock.name
    }
  }
}

resource "aws_iam_role" "set_stock" {
  name               = "depot-${var.stage}-set-stock"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "set_stock_logs" {
  role       = aws_iam_role.set_stock.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "set_stock" {
  source_policy_documents = [data.aws_iam_policy_document.traces.json]

  statement {
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.stock.arn]
  }
}

resource "aws_iam_role_policy" "set_stock" {
  role   = aws_iam_role.set_stock.id
  policy = data.aws_iam_policy_document.set_stock.json
}

resource "aws_apigatewayv2_integration" "set_stock" {
  api_id                 = aws_apigatewayv2_api.depot.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.set_stock.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "set_stock" {
  api_id             = aws_apigatewayv2_api.depot.id
  route_key          = "PUT /stock/{article}"
  target             = "integrations/${aws_apigatewayv2_integration.set_stock.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.staff.id
}

resource "aws_lambda_permission" "set_stock" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.set_stock.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.depot.execution_arn}/*/*"
}

resource "aws_lambda_function" "order_pick" {
  function_name = "depot-${var.stage}-order-pick"
  role          = aws_iam_role.order_pick.arn
  filename      = local.package
  handler       = "depot.OrderPick::handleRequest"
  runtime       = local.runtime
  timeout       = 30
  memory_size   = 512

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      PICKS = aws_sqs_queue.picks.url
    }
  }
}

resource "aws_iam_role" "order_pick" {
  name               = "depot-${var.stage}-order-pick"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "order_pick_logs" {
  role       = aws_iam_role.order_pick.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "order_pick" {
  source_policy_documents = [data.aws_iam_policy_document.traces.json]

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.picks.arn]
  }
}

resource "aws_iam_role_policy" "order_pick" {
  role   = aws_iam_role.order_pick.id
  policy = data.aws_iam_policy_document.order_pick.json
}

resource "aws_apigatewayv2_integration" "order_pick" {
  api_id                 = aws_apigatewayv2_api.depot.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.order_pick.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "order_pick" {
  api_id             = aws_apigatewayv2_api.depot.id
  route_key          = "POST /picks"
  target             = "integrations/${aws_apigatewayv2_integration.order_pick.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.staff.id
}

resource "aws_lambda_permission" "order_pick" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.order_pick.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.depot.execution_arn}/*/*"
}

resource "aws_lambda_function" "pick" {
  function_name = "depot-${var.stage}-pick"
  role          = aws_iam_role.pick.arn
  filename      = local.package
  handler       = "depot.Pick::handleRequest"
  runtime       = local.runtime
  timeout       = 30
  memory_size   = 512

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      STOCK = aws_dynamodb_table.stock.name
    }
  }
}

resource "aws_iam_role" "pick" {
  name               = "depot-${var.stage}-pick"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "pick_logs" {
  role       = aws_iam_role.pick.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "pick" {
  source_policy_documents = [data.aws_iam_policy_document.traces.json]

  statement {
    actions   = ["dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.stock.arn]
  }

  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.picks.arn]
  }
}

resource "aws_iam_role_policy" "pick" {
  role   = aws_iam_role.pick.id
  policy = data.aws_iam_policy_document.pick.json
}

resource "aws_lambda_event_source_mapping" "pick" {
  event_source_arn        = aws_sqs_queue.picks.arn
  function_name           = aws_lambda_function.pick.arn
  function_response_types = ["ReportBatchItemFailures"]
}

# FAULT: an API key is no proof of a person, and this route asks for nothing at all.
resource "aws_lambda_function" "print_label" {
  function_name = "depot-${var.stage}-print-label"
  role          = aws_iam_role.print_label.arn
  filename      = local.package
  handler       = "depot.PrintLabel::handleRequest"
  runtime       = local.runtime
  timeout       = 30
  memory_size   = 512

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      LABELS = aws_s3_bucket.labels.bucket
    }
  }
}

resource "aws_iam_role" "print_label" {
  name               = "depot-${var.stage}-print-label"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "print_label_logs" {
  role       = aws_iam_role.print_label.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "print_label" {
  source_policy_documents = [data.aws_iam_policy_document.traces.json]

  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.labels.arn}/*"]
  }
}

resource "aws_iam_role_policy" "print_label" {
  role   = aws_iam_role.print_label.id
  policy = data.aws_iam_policy_document.print_label.json
}

resource "aws_apigatewayv2_integration" "print_label" {
  api_id                 = aws_apigatewayv2_api.depot.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.print_label.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "print_label" {
  api_id             = aws_apigatewayv2_api.depot.id
  route_key          = "POST /labels"
  target             = "integrations/${aws_apigatewayv2_integration.print_label.id}"
}

resource "aws_lambda_permission" "print_label" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.print_label.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.depot.execution_arn}/*/*"
}

resource "aws_lambda_function" "take_delivery" {
  function_name = "depot-${var.stage}-take-delivery"
  role          = aws_iam_role.take_delivery.arn
  filename      = local.package
  handler       = "depot.TakeDelivery::handleRequest"
  runtime       = local.runtime
  timeout       = 30
  memory_size   = 512

  tracing_config {
    mode = "Active"
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_iam_role" "take_delivery" {
  name               = "depot-${var.stage}-take-delivery"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "take_delivery_logs" {
  role       = aws_iam_role.take_delivery.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "take_delivery" {
  source_policy_documents = [data.aws_iam_policy_document.traces.json]

  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.deliveries.arn}/*"]
  }

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.lost.arn]
  }
}

resource "aws_iam_role_policy" "take_delivery" {
  role   = aws_iam_role.take_delivery.id
  policy = data.aws_iam_policy_document.take_delivery.json
}

resource "aws_s3_bucket_notification" "take_delivery" {
  bucket = aws_s3_bucket.deliveries.id

  lambda_function {
    lambda_function_arn = aws_lambda_function.take_delivery.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

resource "aws_lambda_permission" "take_delivery" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.take_delivery.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.deliveries.arn
  source_account = data.aws_caller_identity.current.account_id
}

# FAULT: it removes articles one by one, and may remove the table.
resource "aws_lambda_function" "clear_stock" {
  function_name = "depot-${var.stage}-clear-stock"
  role          = aws_iam_role.clear_stock.arn
  filename      = local.package
  handler       = "depot.ClearStock::handleRequest"
  runtime       = local.runtime
  timeout       = 30
  memory_size   = 512

  tracing_config {
    mode = "Active"
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.lost.arn
  }

  environment {
    variables = {
      STOCK = aws_dynamodb_table.stock.name
    }
  }
}

resource "aws_iam_role" "clear_stock" {
  name               = "depot-${var.stage}-clear-stock"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "clear_stock_logs" {
  role       = aws_iam_role.clear_stock.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "clear_stock" {
  source_policy_documents = [data.aws_iam_policy_document.traces.json]

  statement {
    actions   = ["dynamodb:DeleteItem", "dynamodb:DeleteTable"]
    resources = [aws_dynamodb_table.stock.arn]
  }

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.lost.arn]
  }
}

resource "aws_iam_role_policy" "clear_stock" {
  role   = aws_iam_role.clear_stock.id
  policy = data.aws_iam_policy_document.clear_stock.json
}

resource "aws_cloudwatch_event_rule" "clear_stock" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "clear_stock" {
  rule = aws_cloudwatch_event_rule.clear_stock.name
  arn  = aws_lambda_function.clear_stock.arn
}

resource "aws_lambda_permission" "clear_stock" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.clear_stock.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.clear_stock.arn
}

# FAULT: an old runtime, and a policy of AWS that opens all tables.
resource "aws_lambda_function" "count_stock" {
  function_name = "depot-${var.stage}-count-stock"
  role          = aws_iam_role.count_stock.arn
  filename      = local.package
  handler       = "depot.CountStock::handleRequest"
  runtime       = "java8"
  timeout       = 30
  memory_size   = 512

  tracing_config {
    mode = "Active"
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.lost.arn
  }

  environment {
    variables = {
      STOCK = aws_dynamodb_table.stock.name
    }
  }
}

resource "aws_iam_role" "count_stock" {
  name               = "depot-${var.stage}-count-stock"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "count_stock_logs" {
  role       = aws_iam_role.count_stock.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy_attachment" "count_stock_tables" {
  role       = aws_iam_role.count_stock.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"
}

resource "aws_iam_role_policy" "count_stock" {
  role = aws_iam_role.count_stock.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.lost.arn },
      { Effect = "Allow", Action = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource = "*" },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "count_stock" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "count_stock" {
  rule = aws_cloudwatch_event_rule.count_stock.name
  arn  = aws_lambda_function.count_stock.arn
}

resource "aws_lambda_permission" "count_stock" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.count_stock.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.count_stock.arn
}

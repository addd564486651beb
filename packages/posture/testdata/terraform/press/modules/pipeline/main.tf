variable "stage" { type = string }
variable "subnet_ids" { type = list(string) }
variable "security_group_ids" { type = list(string) }

data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  prefix    = "press-${var.stage}"
  functions = toset(["convert", "publish", "notify"])
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.name
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  for_each           = local.functions
  name               = "${local.prefix}-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "network" {
  for_each   = aws_iam_role.function
  role       = each.value.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

locals {
  permissions = {
    convert = [
      { actions = ["s3:GetObject"], resources = ["${aws_s3_bucket.manuscripts.arn}/*"] },
      { actions = ["s3:PutObject"], resources = ["${aws_s3_bucket.pages.arn}/*"] },
    ]
    publish = [
      { actions = ["states:StartExecution"], resources = [aws_sfn_state_machine.publish.arn] },
      { actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], resources = [aws_sqs_queue.publish.arn] },
    ]
    notify = [
      { actions = ["ses:SendEmail"], resources = ["arn:aws:ses:${local.region}:${local.account}:identity/press.example"] },
    ]
  }
}

resource "aws_iam_role_policy" "function" {
  for_each = local.permissions
  role     = aws_iam_role.function[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for permission in each.value : {
        Effect   = "Allow"
        Action   = permission.actions
        Resource = permission.resources
      }],
      [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed.arn }],
    )
  })
}

resource "aws_lambda_function" "this" {
  for_each      = local.functions
  function_name = "${local.prefix}-${each.key}"
  role          = aws_iam_role.function[each.key].arn
  package_type  = "Zip"
  filename      = "${path.module}/target/${each.key}.jar"
  handler       = "press.${title(each.key)}::handleRequest"
  runtime       = "java21"
  # FAULT: the conversion may run for as long as Lambda allows.
  timeout     = each.key == "convert" ? 900 : 30
  memory_size = 1024

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.security_group_ids
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      PAGES   = aws_s3_bucket.pages.bucket
      MACHINE = "arn:aws:states:${local.region}:${local.account}:stateMachine:${local.prefix}-publish"
    }
  }
}

resource "aws_cloudwatch_log_group" "function" {
  for_each          = aws_lambda_function.this
  name              = "/aws/lambda/${each.value.function_name}"
  retention_in_days = 60
}

resource "aws_s3_bucket" "manuscripts" {
  bucket = "${local.prefix}-manuscripts"
}

resource "aws_s3_bucket" "pages" {
  bucket = "${local.prefix}-pages"
}

resource "aws_s3_bucket_public_access_block" "all" {
  for_each                = { manuscripts = aws_s3_bucket.manuscripts.id, pages = aws_s3_bucket.pages.id }
  bucket                  = each.value
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_notification" "manuscripts" {
  bucket = aws_s3_bucket.manuscripts.id

  lambda_function {
    lambda_function_arn = aws_lambda_function.this["convert"].arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".docx"
  }

  depends_on = [aws_lambda_permission.manuscripts]
}

# FAULT: a bucket of that name in any account may call it.
resource "aws_lambda_permission" "manuscripts" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this["convert"].function_name
  principal     = "s3.amazonaws.com"
}

resource "aws_sns_topic" "pages" {
  name              = "${local.prefix}-pages"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sqs_queue" "publish" {
  name                    = "${local.prefix}-publish"
  sqs_managed_sse_enabled = true
  redrive_policy          = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 3 })
}

resource "aws_sqs_queue" "failed" {
  name                    = "${local.prefix}-failed"
  sqs_managed_sse_enabled = true
}

data "aws_iam_policy_document" "publish" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.publish.arn]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.pages.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "publish" {
  queue_url = aws_sqs_queue.publish.id
  policy    = data.aws_iam_policy_document.publish.json
}

resource "aws_sns_topic_subscription" "publish" {
  topic_arn = aws_sns_topic.pages.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.publish.arn
}

resource "aws_lambda_event_source_mapping" "publish" {
  event_source_arn        = aws_sqs_queue.publish.arn
  function_name           = aws_lambda_function.this["publish"].arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_iam_role" "machine" {
  name = "${local.prefix}-machine"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }]
  })

  inline_policy {
    name = "invoke"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.this["notify"].arn }]
    })
  }
}

resource "aws_sfn_state_machine" "publish" {
  name     = "${local.prefix}-publish"
  role_arn = aws_iam_role.machine.arn
  definition = templatefile("${path.module}/publish.asl.json", {
    notify = aws_lambda_function.this["notify"].arn
  })

  logging_configuration {
    log_destination = "${aws_cloudwatch_log_group.machine.arn}:*"
    level           = "ERROR"
  }

  tracing_configuration {
    enabled = true
  }
}

resource "aws_cloudwatch_log_group" "machine" {
  name              = "/aws/vendedlogs/states/${local.prefix}"
  retention_in_days = 60
}

resource "aws_iam_role_policy_attachment" "traces" {
  for_each   = aws_iam_role.function
  role       = each.value.name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

data "aws_caller_identity" "me" {}
data "aws_region" "here" {}

data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_dynamodb_table" "items" {
  name     = "items"
  hash_key = "id"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

# One action of a document on one line, one of several lines, and a statement of nothing.
resource "aws_iam_role" "documented" {
  name               = "documented"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

data "aws_iam_policy_document" "documented" {
  # Nobody sends.
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.jobs.arn]
  }

  statement {
    sid = "Read"
    actions = [
      "dynamodb:GetItem", # needed
      "dynamodb:Scan",    # not needed
      "dynamodb:Query",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "documented" {
  role   = aws_iam_role.documented.id
  policy = data.aws_iam_policy_document.documented.json
}

resource "aws_lambda_function" "documented" {
  function_name = "documented"
  role          = aws_iam_role.documented.arn
  filename      = data.archive_file.code.output_path
  runtime       = "python3.13"
  handler       = "index.read"
  environment {
    variables = {
      TABLE = aws_dynamodb_table.items.name
      QUEUE = aws_sqs_queue.jobs.url
    }
  }
}

# A pattern, and a call that nothing allows.
resource "aws_iam_role" "encoded" {
  name               = "encoded"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy" "encoded" {
  role = aws_iam_role.encoded.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "dynamodb:*" # all of it
        Resource = aws_dynamodb_table.items.arn
      }
    ]
  })
}

resource "aws_lambda_function" "encoded" {
  function_name = "encoded"
  role          = aws_iam_role.encoded.arn
  filename      = data.archive_file.code.output_path
  runtime       = "python3.13"
  handler       = "index.write"
  environment {
    variables = {
      TABLE = aws_dynamodb_table.items.name
      QUEUE = aws_sqs_queue.jobs.url
    }
  }
}

# A text of JSON.
resource "aws_iam_role" "text" {
  name               = "text"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy" "text" {
  role   = aws_iam_role.text.id
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["dynamodb:GetItem", "dynamodb:DeleteItem"],
          "Resource": "${aws_dynamodb_table.items.arn}"
        },
        {
          "Effect": "Allow",
          "Action": "sqs:*",
          "Resource": "*"
        }
      ]
    }
  EOF
}

resource "aws_lambda_function" "text" {
  function_name = "text"
  role          = aws_iam_role.text.arn
  filename      = data.archive_file.code.output_path
  runtime       = "python3.13"
  handler       = "index.read"
  environment {
    variables = {
      TABLE = aws_dynamodb_table.items.name
      QUEUE = aws_sqs_queue.jobs.url
    }
  }
}

# A policy of AWS, on one of several roles.
resource "aws_iam_role" "several" {
  for_each           = toset(["reader", "idle"])
  name               = each.key
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "reader" {
  role       = aws_iam_role.several["reader"].name
  policy_arn = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"
}

resource "aws_iam_role_policy_attachment" "idle" {
  role       = aws_iam_role.several["idle"].name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}

resource "aws_lambda_function" "reader" {
  function_name = "reader"
  role          = aws_iam_role.several["reader"].arn
  filename      = data.archive_file.code.output_path
  runtime       = "python3.13"
  handler       = "index.read"
  environment {
    variables = {
      TABLE = aws_dynamodb_table.items.name
      QUEUE = aws_sqs_queue.jobs.url
    }
  }
}

resource "aws_lambda_function" "idle" {
  function_name = "idle"
  role          = aws_iam_role.several["idle"].arn
  filename      = data.archive_file.code.output_path
  runtime       = "python3.13"
  handler       = "index.nothing"
  environment {
    variables = {
      TABLE = aws_dynamodb_table.items.name
      QUEUE = aws_sqs_queue.jobs.url
    }
  }
}

resource "aws_lambda_function_url" "idle" {
  function_name      = aws_lambda_function.idle.function_name
  authorization_type = "NONE" # for now
}

# One text for two functions, of which one needs all of it.
resource "aws_iam_role" "twin" {
  for_each           = toset(["a", "b"])
  name               = each.key
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy" "twin" {
  for_each = aws_iam_role.twin
  role     = each.value.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:${each.key == "a" ? "DeleteItem" : "GetItem"}", Resource = aws_dynamodb_table.items.arn }]
  })
}

resource "aws_lambda_function" "twin" {
  function_name = "twin"
  role          = aws_iam_role.twin[each.key].arn
  filename      = data.archive_file.code.output_path
  runtime       = "python3.13"
  handler       = "index.${each.key == "a" ? "nothing" : "read"}"
  for_each      = aws_iam_role.twin
  environment {
    variables = {
      TABLE = aws_dynamodb_table.items.name
      QUEUE = aws_sqs_queue.jobs.url
    }
  }
}

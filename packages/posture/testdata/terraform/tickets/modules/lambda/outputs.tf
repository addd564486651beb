output "arn" {
  value = try(aws_lambda_function.this[0].arn, "")
}

output "invoke_arn" {
  value = try(aws_lambda_function.this[0].invoke_arn, "")
}

output "function_name" {
  value = try(aws_lambda_function.this[0].function_name, "")
}

output "role_arn" {
  value = local.role_arn
}

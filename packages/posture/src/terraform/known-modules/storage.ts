/** What terraform-aws-modules/s3-bucket/aws makes of its inputs. */
export const s3Bucket = `
variable "create_bucket" { default = true }
variable "bucket" { default = null }
variable "acl" { default = null }
variable "attach_policy" { default = false }
variable "policy" { default = null }
variable "block_public_acls" { default = true }
variable "block_public_policy" { default = true }
variable "ignore_public_acls" { default = true }
variable "restrict_public_buckets" { default = true }
resource "aws_s3_bucket" "this" {
  count  = var.create_bucket ? 1 : 0
  bucket = var.bucket
  acl    = var.acl
}
resource "aws_s3_bucket_policy" "this" {
  count  = var.create_bucket && var.attach_policy ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  policy = var.policy
}
resource "aws_s3_bucket_public_access_block" "this" {
  count                   = var.create_bucket ? 1 : 0
  bucket                  = aws_s3_bucket.this[0].id
  block_public_acls       = var.block_public_acls
  block_public_policy     = var.block_public_policy
  ignore_public_acls      = var.ignore_public_acls
  restrict_public_buckets = var.restrict_public_buckets
}
output "s3_bucket_id" { value = try(aws_s3_bucket.this[0].id, null) }
output "s3_bucket_arn" { value = try(aws_s3_bucket.this[0].arn, null) }
`;

/** What the module for a bucket's notifications makes of its inputs. */
export const s3Notification = `
variable "bucket" { default = null }
variable "bucket_arn" { default = null }
variable "lambda_notifications" { default = {} }
resource "aws_s3_bucket_notification" "this" {
  bucket = var.bucket
  dynamic "lambda_function" {
    for_each = var.lambda_notifications
    content {
      lambda_function_arn = lambda_function.value.function_arn
      events              = lambda_function.value.events
    }
  }
}
resource "aws_lambda_permission" "allow" {
  for_each      = var.lambda_notifications
  function_name = try(each.value.function_name, each.value.function_arn)
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = coalesce(var.bucket_arn, format("arn:aws:s3:::%s", var.bucket))
}
`;

/** What terraform-aws-modules/dynamodb-table/aws makes of its inputs. */
export const dynamoDbTable = `
variable "name" { default = null }
variable "stream_enabled" { default = false }
variable "stream_view_type" { default = null }
resource "aws_dynamodb_table" "this" {
  name             = var.name
  stream_enabled   = var.stream_enabled
  stream_view_type = var.stream_view_type
}
output "dynamodb_table_arn" { value = aws_dynamodb_table.this.arn }
output "dynamodb_table_id" { value = aws_dynamodb_table.this.id }
output "dynamodb_table_stream_arn" { value = aws_dynamodb_table.this.stream_arn }
`;

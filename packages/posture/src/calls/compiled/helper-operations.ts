type Operations = Readonly<Record<string, readonly string[]>>;

/** Helpers that know the table that they are for. */
export const ofTable: Operations = {
  GetItem: ['GetItem'],
  PutItem: ['PutItem'],
  UpdateItem: ['UpdateItem'],
  DeleteItem: ['DeleteItem'],
  PutItemWithResponse: ['PutItem'],
  UpdateItemWithResponse: ['UpdateItem'],
  DeleteItemWithResponse: ['DeleteItem'],
  GetItemWithResponse: ['GetItem'],
  Query: ['Query'],
  Scan: ['Scan'],
  Search: ['Query', 'Scan'],
  CreateTable: ['CreateTable'],
  DeleteTable: ['DeleteTable'],
  DescribeTable: ['DescribeTable'],
  Describe: ['DescribeTable'],
  CreateBatchGet: ['BatchGetItem'],
  CreateBatchWrite: ['BatchWriteItem'],
};
/** Helpers that take the table from the class of what they are given. */
export const ofMapper: Operations = {
  Load: ['GetItem'],
  Save: ['UpdateItem'],
  Delete: ['DeleteItem'],
  Query: ['Query'],
  QueryPage: ['Query'],
  FromQuery: ['Query'],
  Count: ['Query', 'Scan'],
  Scan: ['Scan'],
  FromScan: ['Scan'],
  ScanPage: ['Scan'],
  ParallelScan: ['Scan'],
  BatchLoad: ['BatchGetItem'],
  BatchSave: ['BatchWriteItem'],
  BatchDelete: ['BatchWriteItem'],
  BatchWrite: ['BatchWriteItem'],
  CreateBatchGet: ['BatchGetItem'],
  CreateBatchWrite: ['BatchWriteItem'],
  TransactionLoad: ['GetItem'],
  TransactionWrite: ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
  CreateTransactGet: ['GetItem'],
  CreateTransactWrite: ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
};
export const ofEnhancedClient: Operations = {
  BatchGetItem: ['BatchGetItem'],
  BatchWriteItem: ['BatchWriteItem'],
  TransactGetItems: ['GetItem'],
  TransactWriteItems: ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
};
export const ofTransfers: Operations = {
  Upload: ['PutObject'],
  UploadFile: ['PutObject'],
  UploadDirectory: ['PutObject'],
  UploadFileList: ['PutObject'],
  Download: ['GetObject'],
  DownloadFile: ['GetObject'],
  OpenStream: ['GetObject'],
  DownloadDirectory: ['ListObjectsV2', 'GetObject'],
  Copy: ['CopyObject'],
  AbortMultipartUploads: ['ListMultipartUploads', 'AbortMultipartUpload'],
};
export const inOrder: Readonly<Record<string, readonly string[]>> = {
  Upload: ['Bucket', 'Key'],
  Download: ['Bucket', 'Key'],
  UploadDirectory: ['Bucket'],
  DownloadDirectory: ['Bucket'],
  OpenStream: ['Bucket', 'Key'],
};
/** C#: `UploadAsync(path, bucket)`, `DownloadAsync(path, bucket, key)`. */
export const inOrderOfNet: Readonly<Record<string, readonly string[]>> = {
  Upload: ['', 'Bucket', 'Key'],
  Download: ['', 'Bucket', 'Key'],
  UploadDirectory: ['', 'Bucket'],
  DownloadDirectory: ['Bucket'],
  OpenStream: ['Bucket', 'Key'],
};
